<?php
// Connects and reads nothing until it is ended.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
say('reading nothing');
while (true) {
    sleep(600);
}
