using KubeWsBridge.Bridge.Launching.Fork;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class ForkMessageTests
{
    private static readonly ForkMessage[] Messages = [new('R', "17 8.2.29"), new('P', ""), new('X', "3 exit 0"), new('C', "/käse/" + new string('x', 900))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Reader_InPiecesOfAnySize_FindsTheMessages(int piece)
    {
        var bytes = Messages.SelectMany(message => message.Encode()).ToArray();
        var reader = new ForkMessageReader();
        var found = new List<ForkMessage>();

        for (var at = 0; at < bytes.Length;)
        {
            var count = Math.Min(Math.Min(piece, bytes.Length - at), reader.Space.Length);
            bytes.AsSpan(at, count).CopyTo(reader.Space.Span);
            reader.Take(count);
            at += count;
            while (reader.TryRead(out var message))
                found.Add(message);
        }

        Assert.Equal(Messages, found);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x7f, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff })]
    public void Reader_WithAnImpossibleLength_SaysSo(byte[] head)
    {
        var reader = new ForkMessageReader();
        head.CopyTo(reader.Space);
        reader.Take(head.Length);

        Assert.Throws<InvalidDataException>(() => reader.TryRead(out _));
    }

    [Fact]
    public void Reader_WithATornMessage_HasNone()
    {
        var reader = new ForkMessageReader();
        var bytes = Messages[0].Encode().AsSpan(..^1);
        bytes.CopyTo(reader.Space.Span);
        reader.Take(bytes.Length);

        Assert.False(reader.TryRead(out _));
    }
}
