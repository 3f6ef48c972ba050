<?php
// Writes blocks of 64 KiB until nobody takes them, or as many as the query says.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
$block = str_repeat('f', 65536);
$blocks = (int) query('blocks', (string) PHP_INT_MAX);
say('flooding');
for ($i = 0; $i < $blocks && write_all($tcp, $block); $i++) {
    if ($i % 64 === 63) {
        say('flooded 4 MiB more');
    }
}
say("flooded $i blocks");
