<?php
// Reads to the end of its input, then writes the bytes the query asks for, and exits.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
$count = strlen(read_to_end($tcp));
write_all($tcp, str_repeat('l', (int) query('bytes', '100')) . "got $count");
