#!/usr/bin/env php
<?php
// Begins as a program of its own.
declare(strict_types=1);

require __DIR__ . '/../lib/worker.php';

write_all(connect_back(), 'runs');
