<?php
// Says a wrong id first; then connects again with its own and echoes.
require __DIR__ . '/lib/worker.php';

$wrong = connect_back(hello: false);
write_all($wrong, "00000000-0000-4000-8000-000000000000\n");
say('wrong id answered with ' . strlen(read_to_end($wrong)) . ' bytes');
echo_to_end(connect_back());
