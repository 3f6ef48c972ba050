<?php

declare(strict_types=1);

// Lets in only who brings a token, as ?token=... or in a cookie, and speaks the newest version of a protocol that the client knows.
// The token is NAME.SIGNATURE, the signature an HMAC-SHA256 with LOGIN_SECRET: what the web site would have given out.

use KubeWsBridge\Client\Connection;
use KubeWsBridge\Client\ConnectionInfo;

require __DIR__ . '/../client/autoload.php';

$info = ConnectionInfo::fromEnvironment();
$secret = getenv('LOGIN_SECRET') ?: throw new RuntimeException('Set LOGIN_SECRET to the secret that signs tokens, in the environment of the bridge.');

[$user, $signature] = explode('.', $info->parameter('token') ?? $info->headers->cookies()['token'] ?? '', 2) + [1 => ''];
if ($user === '' || !hash_equals(hash_hmac('sha256', $user, $secret), $signature)) {
    Connection::reject(401, 'Log in first: this needs a valid token.');
    exit;
}

$protocol = $info->firstOffered('v2.chat', 'v1.chat');
if ($protocol === null && $info->offeredSubprotocols !== []) {
    Connection::reject(400, 'This server speaks v2.chat and v1.chat.');
    exit;
}

$connection = Connection::open(subprotocol: $protocol);
$connection->sendText("Welcome, $user (" . ($protocol ?? 'no subprotocol') . ')');
foreach ($connection as $message) {
    $connection->sendText("$user: $message->data");
}
