<?php
// Closes its back-connection, prints on stdout, and ends.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
fread($tcp, 1);
write_all($tcp, 'before ');
fclose($tcp);
fwrite(STDOUT, 'after ');
fwrite(STDOUT, str_repeat('o', 300000));
