namespace FarmAgent.Probes.StLink;

/// <content>Runs commands until their status is good or final.</content>
internal sealed partial class StLinkProbe
{
    private const int WaitTries = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);

    private bool _recovering;

    /// <summary>Sends a command whose reply begins with its status.</summary>
    private void Execute(ReadOnlySpan<byte> command, Span<byte> reply, string action, bool repeatable, uint? address = null, bool selfClearing = false)
    {
        var retry = default(RetryState);
        while (true)
        {
            _transport.Exchange(command, reply, repeatable);
            var status = (StLinkStatus)reply[0];

            // A register that changes by itself reads back differently from what was written: that is no error.
            if (status == StLinkStatus.Ok || (selfClearing && status == StLinkStatus.WriteVerifyError))
            {
                return;
            }

            React(status, ref retry, action, address);
        }
    }

    /// <summary>Returns when the command is to be sent again; throws when it has failed for good.</summary>
    private void React(StLinkStatus status, ref RetryState retry, string action, uint? address)
    {
        switch (StLinkFaults.ReactionTo(status))
        {
            case StLinkReaction.RetryLater when retry.Waits < WaitTries:
                _waiter.Wait(FirstPause * (1 << retry.Waits), CancellationToken.None);
                retry.Waits++;
                return;
            case StLinkReaction.RetryOnce when !retry.Repeated:
                retry.Repeated = true;
                return;
            case StLinkReaction.OpenPort when !retry.Repeated && _version.OpensAccessPorts:
                retry.Repeated = true;
                OpenAccessPort(0);
                return;
            case StLinkReaction.ClearSticky when !retry.Repeated && !_recovering:
                retry.Repeated = true;
                ClearSticky(status, action, address);
                return;
            default:
                throw StLinkFaults.ToException(status, action, address);
        }
    }

    private void ClearSticky(StLinkStatus status, string action, uint? address)
    {
        if (!_version.AccessesDap)
        {
            // Such firmware clears them itself at the next access; there is no other way.
            return;
        }

        try
        {
            _recovering = true;
            _debugPort.ClearStickyErrors();
        }
        catch (TargetException)
        {
            throw StLinkFaults.ToException(status, action, address);
        }
        finally
        {
            _recovering = false;
        }
    }

    private struct RetryState
    {
        public int Waits;
        public bool Repeated;
    }
}
