<?php

declare(strict_types=1);

// A bridge in a process of its own, for what one process cannot play against itself. Prints its port, and what it has seen at the end.
//   php peer.php slow    reads with pauses, and prints the number and the hash of all bytes after the hello line
//   php peer.php late    waits, sends a message, and goes

$server = stream_socket_server('tcp://127.0.0.1:0') ?: exit(1);
$name = (string) stream_socket_get_name($server, false);
echo substr($name, strrpos($name, ':') + 1), "\n";
$worker = stream_socket_accept($server, 20) ?: exit(1);
fgets($worker);
if ($argv[1] === 'late') {
    usleep(300_000);
    fwrite($worker, "text 4\nlate\n");
    exit(0);
}

$hash = hash_init('sha256');
for ($bytes = 0, $pauses = 0; ($data = fread($worker, 65536)) !== false && $data !== ''; $bytes += strlen($data)) {
    hash_update($hash, $data);
    if ($pauses++ < 20) {
        usleep(10_000);
    }
}
echo $bytes, ' ', hash_final($hash), "\n";
