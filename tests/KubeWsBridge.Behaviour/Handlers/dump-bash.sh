# Sends its WSS_* variables, a line each, and ends.
exec 3<>"/dev/tcp/$WSS_TCP_HOST/$WSS_TCP_PORT"
printf '%s\n' "$WSS_CONNECTION_ID" >&3
for name in "${!WSS_@}"; do
  printf '%s=%s\n' "$name" "${!name}" >&3
done
