<?php
// Reads to the end; then says on stderr how much it was, and its SHA-256.
require __DIR__ . '/lib/worker.php';

$data = read_to_end(connect_back());
say('read ' . strlen($data) . ' bytes ' . hash('sha256', $data));
