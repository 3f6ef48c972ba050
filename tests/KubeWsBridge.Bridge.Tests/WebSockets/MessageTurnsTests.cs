using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class MessageTurnsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly MessageTurns _turns = new();

    [Fact]
    public async Task TakeAsync_InsideAMessage_OthersWaitForItsEnd()
    {
        Assert.True(await _turns.TakeAsync(ofMessages: true, default));
        _turns.Give(goesOn: true);
        var printing = _turns.TakeAsync(ofMessages: false, default).AsTask();
        Assert.True(await _turns.TakeAsync(ofMessages: true, default));
        Assert.False(printing.IsCompleted);

        _turns.Give(goesOn: false);

        Assert.True(await printing.WaitAsync(Patience));
    }

    [Fact]
    public async Task End_InsideAMessage_LetsAllOthersGoWithoutATurn()
    {
        await _turns.TakeAsync(ofMessages: true, default);
        _turns.Give(goesOn: true);
        Task<bool>[] printing = [_turns.TakeAsync(ofMessages: false, default).AsTask(), _turns.TakeAsync(ofMessages: false, default).AsTask()];

        _turns.End();
        _turns.End();

        var turns = await Task.WhenAll(printing).WaitAsync(Patience);
        Assert.Equal([false, false], turns);
        Assert.False(await _turns.TakeAsync(ofMessages: false, default));
    }

    [Fact]
    public async Task End_BetweenMessages_ChangesNothing()
    {
        await _turns.TakeAsync(ofMessages: true, default);
        _turns.Give(goesOn: false);

        _turns.End();

        Assert.True(await _turns.TakeAsync(ofMessages: false, default));
    }
}
