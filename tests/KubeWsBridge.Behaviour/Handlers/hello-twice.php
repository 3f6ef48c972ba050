<?php
// Waits for the client's word, connects a second time with the same id, tells the client how that ended, then echoes on the first connection.
require __DIR__ . '/lib/worker.php';

$first = connect_back();
fread($first, 65536);
$second = connect_back();
write_all($second, 'from the second');
$answer = read_to_end($second);
write_all($first, $answer === '' ? 'second closed' : "second got $answer");
echo_to_end($first);
