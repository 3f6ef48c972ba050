<?php
// Closes stdout, tells so, and echoes.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
fclose(STDOUT);
write_all($tcp, 'closed;');
echo_to_end($tcp);
