<?php

declare(strict_types=1);

namespace WebsocketLib;

use KubeWsBridge\Client\ConnectionInfo;

/** What handlers written for the ancestor of KubeWsBridge know of their connection. */
final class Connection
{
    /** @internal */
    public function __construct(public readonly ConnectionInfo $info)
    {
    }

    /** The connection's id, a UUID v4. */
    public function getConnectionId(): string
    {
        return $this->info->id;
    }
}
