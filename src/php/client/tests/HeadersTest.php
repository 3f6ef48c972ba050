<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\Headers;

final class HeadersTest extends TestCase
{
    public function testNamesAreFoundInAnyCase(): void
    {
        $headers = new Headers(['X-Token' => 'abc']);

        self::same(['abc', true, null, false], [$headers->get('x-tOKEN'), $headers->has('X-TOKEN'), $headers->get('x'), $headers->has('x')]);
        self::same(['x-token' => 'abc'], iterator_to_array($headers));
    }

    public function testValuesAreSplitAtCommasOutsideQuotes(): void
    {
        $headers = new Headers(['a' => 'x, "y, \" z" ;q=1,,  w ', 'open' => 'x, "y, z', 'empty' => '']);

        self::same(['x', '"y, \" z" ;q=1', 'w'], $headers->values('A'));
        self::same(['x', '"y, z'], $headers->values('open'));
        self::same([], $headers->values('empty'));
        self::same([], $headers->values('none'));
    }

    public function testCookiesAreDecodedAndTheFirstOfANameCounts(): void
    {
        $headers = new Headers(['cookie' => 'session=a%20b+c; theme=dark;session=other; broken; empty=']);

        self::same(['session' => 'a b c', 'theme' => 'dark', 'empty' => ''], $headers->cookies());
        self::same([], (new Headers([]))->cookies());
    }
}
