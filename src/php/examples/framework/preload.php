<?php

declare(strict_types=1);

// For --launcher fork --fork-preload: runs once, in the fork server; every worker begins with what this leaves behind.
// Load classes and build the container here, but connect to nothing: all workers would share that connection.

require_once __DIR__ . '/bootstrap.php';

Example\Framework\application();
foreach (['Connection', 'ConnectionInfo', 'Framing', 'Headers', 'Inbox', 'Message', 'MessageType', 'Drain', 'TlsFacts'] as $class) {
    class_exists("KubeWsBridge\\Client\\$class") || enum_exists("KubeWsBridge\\Client\\$class");
}
foreach (['BridgeSocket', 'Closing', 'Deadline', 'Frame', 'FrameHeader', 'FrameReader', 'FrameReceiver', 'FrameSender', 'FrameType', 'Hello'] as $class) {
    class_exists("KubeWsBridge\\Client\\Wire\\$class") || enum_exists("KubeWsBridge\\Client\\Wire\\$class");
}
