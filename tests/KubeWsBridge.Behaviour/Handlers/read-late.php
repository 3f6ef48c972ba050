<?php
// Reads nothing until the file of the query exists; then tells how much there was.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
while (!file_exists(query('file'))) {
    usleep(5000);
}
$data = read_to_end($tcp);
say('read ' . strlen($data) . ' bytes ' . hash('sha256', $data));
