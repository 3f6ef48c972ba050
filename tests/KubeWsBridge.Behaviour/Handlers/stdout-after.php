<?php
// Closes its back-connection, and a moment later prints on stdout, and ends.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
fread($tcp, 1);
write_all($tcp, 'before ');
fclose($tcp);
usleep(200000); // long enough for the bridge to see the end of the connection first
fwrite(STDOUT, 'after ');
fwrite(STDOUT, str_repeat('o', 300000));
