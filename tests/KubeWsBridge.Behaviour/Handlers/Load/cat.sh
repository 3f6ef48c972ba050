# The lightest worker there is: bash connects, cat echoes.
exec 3<>"/dev/tcp/$WSS_TCP_HOST/$WSS_TCP_PORT"
echo "$WSS_CONNECTION_ID" >&3
exec cat <&3 >&3 3<&-
