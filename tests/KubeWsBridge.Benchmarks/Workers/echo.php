<?php
// Sends every byte back.
$tcp = require __DIR__ . '/connect.php';
while (($data = fread($tcp, 65536)) !== false && $data !== '') {
    fwrite($tcp, $data);
}
