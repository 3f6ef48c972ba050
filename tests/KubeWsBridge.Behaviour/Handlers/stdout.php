<?php
// Prints each message it gets on stdout.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
while (($data = fread($tcp, 65536)) !== false && $data !== '') {
    fwrite(STDOUT, "<$data>");
    write_all($tcp, "($data)");
}
