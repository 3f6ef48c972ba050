<?php
// Prints each message it gets.
require __DIR__ . '/../lib/worker.php';

$tcp = connect_back();
while (($data = fread($tcp, 65536)) !== false && $data !== '') {
    echo "<$data>";
}
