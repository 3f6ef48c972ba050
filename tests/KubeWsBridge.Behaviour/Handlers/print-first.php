<?php
// Prints on stdout before it connects; then echoes.
require __DIR__ . '/lib/worker.php';

fwrite(STDOUT, "printed \x00\xff before connecting");
fflush(STDOUT);
echo_to_end(connect_back());
