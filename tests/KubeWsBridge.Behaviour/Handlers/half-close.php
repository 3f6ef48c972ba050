<?php
// Says bye, ends its sending side and reads on to the end.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
write_all($tcp, 'bye');
stream_socket_shutdown($tcp, STREAM_SHUT_WR);
say('read ' . strlen(read_to_end($tcp)) . ' bytes after the half-close');
