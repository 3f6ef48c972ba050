using System.Text;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Framing;

public class FramesToWorkerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly byte[] _buffer = new byte[4096];

    [Fact]
    public void WriteData_WholeMessages_AreWholeFrames()
    {
        var frames = new FramesToWorker(wantsPings: false, _time);

        Assert.Equal("text 6\nGrüß\n", Written(frames.WriteData(_buffer, Opcode.Text, "Grüß"u8, last: true)));
        Assert.Equal("binary 3\na\n\0\n", Written(frames.WriteData(_buffer, Opcode.Binary, "a\n\0"u8, last: true)));
        Assert.Equal("text 0\n\n", Written(frames.WriteData(_buffer, Opcode.Text, [], last: true)));
    }

    [Fact]
    public void WriteData_Pieces_SayThatMoreFollows()
    {
        var frames = new FramesToWorker(wantsPings: false, _time);

        Assert.Equal(0, frames.WriteData(_buffer, Opcode.Binary, [], last: false));
        Assert.False(frames.IsInsideMessage);
        Assert.Equal("binary 3 +\nxyz\n", Written(frames.WriteData(_buffer, Opcode.Binary, "xyz"u8, last: false)));
        Assert.True(frames.IsInsideMessage);
        Assert.Equal("binary 0\n\n", Written(frames.WriteData(_buffer, Opcode.Binary, [], last: true)));
        Assert.False(frames.IsInsideMessage);
    }

    [Fact]
    public void WriteControl_NotAskedFor_IsNothing() =>
        Assert.Equal(0, new FramesToWorker(wantsPings: false, _time).WriteControl(_buffer, Opcode.Ping, "x"u8));

    [Fact]
    public void WriteControl_BetweenPieces_WaitsForTheEndOfTheMessageAndTheLastOfEachKindStays()
    {
        var frames = new FramesToWorker(wantsPings: true, _time);

        Assert.Equal("ping 1\n0\n", Written(frames.WriteControl(_buffer, Opcode.Ping, "0"u8)));
        Assert.Equal("pong 0\n\n", Written(frames.WriteControl(_buffer, Opcode.Pong, [])));
        frames.WriteData(_buffer, Opcode.Text, "a"u8, last: false);
        Assert.Equal(0, frames.WriteControl(_buffer, Opcode.Ping, "1"u8));
        Assert.Equal(0, frames.WriteControl(_buffer, Opcode.Pong, "2"u8));
        Assert.Equal(0, frames.WriteControl(_buffer, Opcode.Ping, "3"u8));
        Assert.Equal("text 1\nb\nping 1\n3\npong 1\n2\n", Written(frames.WriteData(_buffer, Opcode.Text, "b"u8, last: true)));
        Assert.Equal("text 1\nc\n", Written(frames.WriteData(_buffer, Opcode.Text, "c"u8, last: true)));
    }

    [Theory]
    [InlineData(30, "30")]
    [InlineData(4.5, "4.5")]
    [InlineData(0.04, "0")]
    [InlineData(-3, "0")]
    [InlineData(86400, "86400")]
    public void WriteDrain_Always_SaysTheSecondsThatAreLeft(double seconds, string text) =>
        Assert.Equal($"drain {text.Length}\n{text}\n", Written(new FramesToWorker(false, _time).WriteDrain(_buffer, TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void WriteDrain_BetweenPieces_WaitsAndCountsDown()
    {
        var frames = new FramesToWorker(wantsPings: false, _time);
        frames.WriteData(_buffer, Opcode.Text, "a"u8, last: false);

        Assert.Equal(0, frames.WriteDrain(_buffer, TimeSpan.FromSeconds(5)));
        _time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal("text 1\nb\ndrain 3\n3.5\n", Written(frames.WriteData(_buffer, Opcode.Text, "b"u8, last: true)));
    }

    [Theory]
    [InlineData(1000, "", "close 4\n1000\n")]
    [InlineData(1006, "", "close 4\n1006\n")]
    [InlineData(4000, "bye for now", "close 16\n4000 bye for now\n")]
    public void WriteClose_Always_SaysCodeAndReason(int code, string reason, string expected) =>
        Assert.Equal(expected, Written(FramesToWorker.WriteClose(_buffer, code, reason)));

    [Fact]
    public void WriteClose_LongReason_IsCutBetweenCharacters() =>
        Assert.Equal($"close 127\n1001 {new string('ü', 61)}\n", Written(FramesToWorker.WriteClose(_buffer, 1001, new string('ü', 100))));

    [Fact]
    public void Write_TheLongestOfEverything_FitsTheReserve()
    {
        var frames = new FramesToWorker(wantsPings: true, _time);
        var destination = new byte[FramesToWorker.Reserve];
        frames.WriteData(destination, Opcode.Binary, "a"u8, last: false);
        frames.WriteControl(destination, Opcode.Ping, new byte[125]);
        frames.WriteControl(destination, Opcode.Pong, new byte[125]);
        frames.WriteDrain(destination, TimeSpan.MaxValue);

        Assert.InRange(frames.WriteData(destination, Opcode.Binary, [], last: true), 280, FramesToWorker.Reserve);
    }

    private string Written(int length) => Encoding.UTF8.GetString(_buffer, 0, length);
}
