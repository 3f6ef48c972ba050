using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class EpollRegistrationTests : IDisposable
{
    private readonly TestLoop _test = new();
    private readonly SocketPair _pair = SocketPair.Tcp();
    private readonly RecordingTarget _target = new();
    private readonly EpollRegistration _registration;

    public EpollRegistrationTests() => _registration = _test.Loop.Register(_pair.Ours, _target);

    public void Dispose()
    {
        _registration.Dispose();
        _pair.Dispose();
        _test.Dispose();
    }

    [Fact]
    public async Task Register_WithoutArm_HearsNothing()
    {
        _pair.Reset();
        await _test.SettleAsync();

        Assert.Equal(0, _target.Count);
    }

    [Fact]
    public async Task Arm_OneShot_TellsOnceUntilArmedAgain()
    {
        _registration.Arm(EpollEvents.Readable | EpollEvents.OneShot);
        _pair.Peer.SendAll("x"u8);
        Assert.Equal(EpollEvents.Readable, await _target.NextAsync());
        await _test.SettleAsync();
        Assert.Equal(0, _target.Count);

        _registration.Arm(EpollEvents.Readable | EpollEvents.OneShot);

        Assert.Equal(EpollEvents.Readable, await _target.NextAsync());
    }

    [Fact]
    public async Task Arm_ForNothing_StillHearsOfTheEnd()
    {
        _registration.Arm(EpollEvents.OneShot);
        _pair.Peer.SendAll("x"u8);
        await _test.SettleAsync();
        Assert.Equal(0, _target.Count);

        _pair.Reset();

        Assert.True((await _target.NextAsync()).HasFlag(EpollEvents.HungUp));
    }

    [Fact]
    public async Task Disarm_PeerResets_HearsNothingUntilArmedAgain()
    {
        _registration.Arm(EpollEvents.Readable | EpollEvents.EdgeTriggered);
        _registration.Disarm();
        _registration.Disarm();
        _pair.Reset();
        await _test.SettleAsync();
        Assert.Equal(0, _target.Count);

        _registration.Arm(EpollEvents.OneShot);

        Assert.True((await _target.NextAsync()).HasFlag(EpollEvents.HungUp));
    }

    [Fact]
    public async Task Dispose_Twice_HearsNothingMore()
    {
        _registration.Arm(EpollEvents.Readable | EpollEvents.EdgeTriggered);

        _registration.Dispose();
        _registration.Dispose();
        _pair.Peer.SendAll("x"u8);
        await _test.SettleAsync();

        Assert.Equal(0, _target.Count);
    }
}
