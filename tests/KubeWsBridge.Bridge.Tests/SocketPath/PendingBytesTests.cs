using System.Text;
using KubeWsBridge.Bridge.SocketPath;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

public class PendingBytesTests
{
    [Fact]
    public void Append_Several_KeepsTheirOrder()
    {
        var pending = new PendingBytes();
        Assert.True(pending.IsEmpty);

        pending.Append("ab"u8);
        pending.Append("c"u8);
        pending.Append([]);
        pending.Append("def"u8);

        Assert.False(pending.IsEmpty);
        Assert.Equal("abcdef", Encoding.UTF8.GetString(pending.Bytes));
        pending.Release();
    }

    [Fact]
    public void AppendAndConsume_ManyOfAllSizes_AreAQueue()
    {
        var random = new Random(7);
        var pending = new PendingBytes();
        var expected = new Queue<byte>();
        for (var round = 0; round < 5_000; round++)
        {
            var added = new byte[random.Next(round % 100 == 0 ? 5_000 : 60)];
            random.NextBytes(added);
            pending.Append(added);
            foreach (var value in added)
                expected.Enqueue(value);

            var consumed = random.Next(Math.Min(expected.Count, 70) + 1);
            Assert.Equal(expected.Take(consumed), pending.Bytes[..consumed].ToArray());
            pending.Consume(consumed);
            for (var i = 0; i < consumed; i++)
                expected.Dequeue();
            Assert.Equal(expected.Count, pending.Bytes.Length);
        }

        Assert.Equal(expected, pending.Bytes.ToArray());
        pending.Release();
    }

    [Fact]
    public void Consume_All_LeavesItEmptyAndUsable()
    {
        var pending = new PendingBytes();
        pending.Append("abc"u8);
        pending.Consume(2);
        pending.Consume(1);
        Assert.True(pending.IsEmpty);

        pending.Append("d"u8);

        Assert.Equal("d", Encoding.UTF8.GetString(pending.Bytes));
        pending.Release();
    }

    [Fact]
    public void Release_Twice_DropsAllAndGivesTheArrayBackOnce()
    {
        var (first, second) = (new PendingBytes(), new PendingBytes());
        first.Append(new byte[100_000]);
        first.Release();
        first.Release();
        Assert.True(first.IsEmpty);
        Assert.True(first.Bytes.IsEmpty);

        first.Append(Enumerable.Repeat((byte)1, 100_000).ToArray());
        second.Append(Enumerable.Repeat((byte)2, 100_000).ToArray());

        Assert.True(first.Bytes.IndexOfAnyExcept((byte)1) < 0, "An array given back twice has two owners.");
        first.Release();
        second.Release();
    }
}
