using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;
using FarmAgent.TestKit.Probes;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Probes.Tests.Sessions;

public sealed class DebugSessionTests
{
    private const uint DebugSettings = 0xE004_2004;

    [Fact]
    public void Open_RunningTarget_AttachesWithoutStoppingIt()
    {
        var target = new FakeTarget();
        using var session = Open(target);
        Assert.False(target.IsHalted || session.ConnectedUnderReset);
    }

    [Fact]
    public void Open_FirmwareWithoutDebugPins_ConnectsUnderReset()
    {
        var target = new FakeTarget { OnlyUnderReset = true };
        using var session = Open(target);
        Assert.True(session.ConnectedUnderReset && target.IsHalted);
        Assert.Contains("attach at 4000 kHz: TARGET_NOT_CONNECTED", Assert.Single(session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UnderReset_PullsNrstBeforeItEnters()
    {
        var target = new FakeTarget();
        using var session = Open(target, new DebugSessionOptions { UnderReset = true });
        Assert.Equal(["nrst low", "enter at 4000 in reset", "nrst low"], target.Log.Take(3));
    }

    [Fact]
    public void Open_BadWires_LowersTheClock()
    {
        var target = new FakeTarget { WorksUpTo = 480 };
        using var session = Open(target);
        Assert.Equal(480, target.SwdKilohertz);
    }

    [Fact]
    public void Open_ResetNotAllowed_NeverTouchesNrst()
    {
        var target = new FakeTarget { WorksUpTo = 0 };
        Assert.Throws<TargetException>(() => Open(target, new DebugSessionOptions { AllowReset = false }));
        Assert.DoesNotContain("nrst low", target.Log);
    }

    [Fact]
    public void Open_NothingAnswers_SaysWhatWasTriedAndClosesTheProbe()
    {
        var target = new FakeTarget { WorksUpTo = 0 };
        var error = Assert.Throws<TargetException>(() => Open(target));
        Assert.Equal("TARGET_NOT_CONNECTED", error.Reason);
        Assert.Contains("under reset at 100 kHz", error.Message, StringComparison.Ordinal);
        Assert.True(target.IsDisposed);
    }

    [Fact]
    public void Open_NothingAnswersWithoutSupply_BlamesTheSupply()
    {
        var error = Assert.Throws<TargetException>(() => Open(new FakeTarget { WorksUpTo = 0, Volts = 0.1 }));
        Assert.Equal("TARGET_VOLTAGE_LOW", error.Reason);
        Assert.Equal("0.10", error.Facts["volts"]);
    }

    [Fact]
    public void Open_LowReadingOfATargetThatAnswers_IsAWarning()
    {
        using var session = Open(new FakeTarget { Volts = 0 });
        Assert.Contains("VREF", Assert.Single(session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Target_IsIdentified()
    {
        using var session = Open(new FakeTarget());
        Assert.Equal("Cortex-M3 r1p1, device 0x410 revision 0x2003, DPIDR 0x1BA01477", session.Identity.ToString());
    }

    [Fact]
    public void Open_Target_StaysDebuggableAsleep()
    {
        var target = new FakeTarget();
        using var session = Open(target);
        Assert.Equal(0x307u, target.Words[DebugSettings]);
    }

    [Fact]
    public void Dispose_DebugSettings_AreAsBefore()
    {
        var target = new FakeTarget();
        target.Words[DebugSettings] = 0x20;
        Open(target).Dispose();
        Assert.Equal(0x20u, target.Words[DebugSettings]);
    }

    [Theory]
    [InlineData(SessionEnd.AsFound, false)]
    [InlineData(SessionEnd.Running, false)]
    [InlineData(SessionEnd.Halted, true)]
    public void Dispose_RunningTarget_IsLeftAsAsked(SessionEnd end, bool halted)
    {
        var target = new FakeTarget();
        Open(target, new DebugSessionOptions { End = end }).Dispose();
        Assert.Equal(halted, target.IsHalted);
    }

    [Fact]
    public void Dispose_TargetFoundHalted_StaysHalted()
    {
        var target = new FakeTarget();
        target.WriteWord(0xE000_EDF0, 0xA05F_0003);
        Open(target).Dispose();
        Assert.True(target.IsHalted);
    }

    [Fact]
    public void Dispose_Running_EndsHaltingDebug()
    {
        var target = new FakeTarget();
        Open(target).Dispose();
        Assert.False(target.DebugEnabled);
    }

    [Fact]
    public void ResetAndHalt_NrstWired_UsesThePin()
    {
        var target = new FakeTarget();
        using var session = Open(target);
        Assert.Equal(ResetKind.Pin, session.Core.ResetAndHalt());
        Assert.True(target.IsHalted);
    }

    [Fact]
    public void ResetAndHalt_NrstNotWired_FallsBackToTheRequest()
    {
        var target = new FakeTarget { NrstWired = false };
        using var session = Open(target);
        Assert.Equal(ResetKind.System, session.Core.ResetAndHalt());
        Assert.True(target.IsHalted);
    }

    [Fact]
    public void ResetAndHalt_PinOnlyAndNotWired_SaysSo()
    {
        using var session = Open(new FakeTarget { NrstWired = false });
        var error = Assert.Throws<TargetException>(() => session.Core.ResetAndHalt(ResetKind.Pin));
        Assert.Equal("RESET_NOT_SEEN", error.Reason);
    }

    [Fact]
    public void ResetAndRun_HaltedTarget_Runs()
    {
        var target = new FakeTarget();
        using var session = Open(target);
        session.Core.Halt();
        session.Core.ResetAndRun();
        Assert.False(target.IsHalted);
    }

    [Fact]
    public void ResetAndHalt_Afterwards_LaterResetsRunAgain()
    {
        var target = new FakeTarget();
        using var session = Open(target);
        session.Core.ResetAndHalt();
        Assert.Equal(0u, target.Words[0xE000_EDFC] & 1);
    }

    [Fact]
    public void WaitHalted_RunningCore_EndsAtTheLimit()
    {
        using var session = Open(new FakeTarget());
        var error = Assert.Throws<TargetException>(() => session.Core.WaitHalted(TimeSpan.FromMilliseconds(5), CancellationToken.None));
        Assert.Equal("CORE_NOT_HALTED", error.Reason);
        Assert.Contains("5 ms", error.Message, StringComparison.Ordinal);
    }

    private static DebugSession Open(FakeTarget target, DebugSessionOptions? options = null) =>
        DebugSession.Open(target, options ?? new DebugSessionOptions(), new SteppedWaiter(), CancellationToken.None);
}
