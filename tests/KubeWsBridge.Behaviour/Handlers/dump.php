<?php
// Sends its environment, arguments and working directory as JSON, and ends.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
write_all($tcp, json_encode(
    ['environment' => getenv(), 'arguments' => $argv, 'directory' => getcwd(), 'memory' => ini_get('memory_limit')],
    JSON_THROW_ON_ERROR));
