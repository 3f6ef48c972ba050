<?php
// Waits for a message and ends in the way the query says.
require __DIR__ . '/../lib/worker.php';

$tcp = connect_back();
fread($tcp, 1);
match (query('how')) {
    'fatal' => undefined_function(),
    'http' => http_response_code(500),
    'kill' => posix_kill(getmypid(), 9),
    default => exit(0),
};
