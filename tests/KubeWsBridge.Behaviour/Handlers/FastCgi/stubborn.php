<?php
// Ignores the end of its connection until the file that the query names is there; prints meanwhile if the query says so.
require __DIR__ . '/../lib/worker.php';

$tcp = connect_back();
write_all($tcp, 'ready');
read_to_end($tcp);
while (!file_exists(query('until'))) {
    usleep(20_000);
    clearstatcache();
    if (query('prints')) {
        echo '.';
    }
}
