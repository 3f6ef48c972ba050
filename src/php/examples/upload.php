<?php

declare(strict_types=1);

// Takes one file. The client first says what comes, as text: {"name": "photo.jpg", "size": 123456}. Then it sends the bytes as binary messages, one or many.
// The answers are text: {"received": N} now and then, and at last {"stored": "NAME", "sha256": "..."}. The file goes to UPLOAD_DIRECTORY, or the system's
// temporary directory, piece by piece: it is never held in memory.

use KubeWsBridge\Client\Connection;
use KubeWsBridge\Client\MessageType;

require __DIR__ . '/../client/autoload.php';

const MAX_BYTES = 64 << 20;
const PROGRESS_BYTES = 1 << 20;

$connection = Connection::open();
$announced = json_decode($connection->receive(timeout: 30)?->data ?? '', true);
if (!is_array($announced) || !is_string($announced['name'] ?? null) || !is_int($announced['size'] ?? null) || $announced['size'] < 0) {
    $connection->close(4000, 'First say what comes: {"name": "photo.jpg", "size": 123456}');
    exit;
}
if ($announced['size'] > MAX_BYTES) {
    $connection->close(1009, sprintf('Files have at most %d MiB.', MAX_BYTES >> 20));
    exit;
}

// Only what is harmless of the client's name, and the connection's id, so that nobody overwrites anything.
$name = $connection->info->id . '-' . preg_replace('/[^A-Za-z0-9._-]/', '_', substr(basename($announced['name']), -80));
$path = (getenv('UPLOAD_DIRECTORY') ?: sys_get_temp_dir()) . "/$name";
$file = fopen("$path.part", 'xb') ?: throw new RuntimeException("$path.part cannot be made: set UPLOAD_DIRECTORY to a directory this user can write in.");
$hash = hash_init('sha256');

for ($received = 0, $told = 0; $received < $announced['size'];) {
    $piece = $connection->receivePiece(timeout: 30);
    $received += strlen($piece->data ?? '');
    if ($piece === null || $piece->type !== MessageType::Binary || $received > $announced['size']) {
        unlink("$path.part");
        if ($connection->isOpen()) {
            $connection->close(4001, 'Send exactly the bytes you have announced, without pauses of 30 seconds.');
        }
        exit;
    }
    if (fwrite($file, $piece->data) !== strlen($piece->data)) {
        unlink("$path.part");
        $connection->close(1011, 'The file cannot be stored now.');
        throw new RuntimeException("$path.part cannot be written: is the disk full?");
    }
    hash_update($hash, $piece->data);
    if ($received - $told >= PROGRESS_BYTES) {
        $told = $received;
        $connection->sendText((string) json_encode(['received' => $received]));
    }
}

fclose($file);
rename("$path.part", $path);
$connection->sendText((string) json_encode(['stored' => $name, 'sha256' => hash_final($hash)]));
$connection->close();
