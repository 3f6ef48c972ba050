<?php
// Sends what a worker of PHP-FPM finds around itself as JSON, and ends.
require __DIR__ . '/../lib/worker.php';

$tcp = connect_back();
write_all($tcp, json_encode([
    'getenv' => getenv('WSS_CONNECTION_ID'),
    'all' => getenv()['WSS_CONNECTION_ID'] ?? null,
    'server' => $_SERVER['WSS_CONNECTION_ID'] ?? null,
    'env' => $_ENV['WSS_CONNECTION_ID'] ?? null,
    'order' => ini_get('variables_order'),
    'variables' => $_SERVER,
    'bridge' => getenv('KWB_ONLY_THE_BRIDGE_HAS_THIS'),
    'get' => $_GET,
], JSON_THROW_ON_ERROR));
