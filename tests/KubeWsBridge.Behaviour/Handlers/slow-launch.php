<?php
// Connects only when the file of the query exists; then echoes.
require __DIR__ . '/lib/worker.php';

say('launched as ' . getmypid());
while (!file_exists(query('file'))) {
    usleep(5000);
}
echo_to_end(connect_back());
