namespace FarmAgent.Simulation.StLink;

/// <summary>The debug commands (<c>F2</c>): which exist, in which mode they work, and what they answer.</summary>
internal sealed partial class StLinkFirmware
{
    private void DispatchDebug(byte sub)
    {
        if (!Knows(sub))
        {
            ReplyStatus(LinkStatus.UnknownCommand);
            return;
        }

        if (DispatchAnyMode(sub))
        {
            return;
        }

        if (Mode != StLinkMode.Debug)
        {
            RefuseOutsideDebug(sub);
            return;
        }

        DispatchInDebug(sub);
    }

    private bool Knows(byte sub) => sub switch
    {
        0x01 or 0x02 or 0x03 or 0x07 or 0x08 or 0x09 or 0x0A or 0x0C or 0x0D or 0x21 or 0x22 or >= 0x30 and <= 0x36 or 0x3A or 0x3B or 0x3C => true,
        0x40 or 0x41 or 0x42 => Has(13, 0),
        0x3E => Has(15, 0),
        0x43 => _options.Generation < 3 && Has(22, 0),
        0x44 => _options.Generation < 3 && Has(24, 0),
        0x45 or 0x46 => Has(24, 0),
        0x47 or 0x48 or 0x50 => Has(26, 0),
        0x49 or 0x4B or 0x4C => Has(28, 0),
        0x51 or 0x52 or 0x53 or 0x54 => Has(32, 2),
        0x56 => Has(36, 6),
        0x61 or 0x62 => _options.Generation >= 3,
        _ => false,
    };

    /// <summary>Commands that work before debug mode is entered, or that enter it.</summary>
    private bool DispatchAnyMode(byte sub)
    {
        switch (sub)
        {
            case 0x21:
                LeaveMode(StLinkMode.Debug);
                break;
            case 0x30:
                Enter(_command[2]);
                break;
            case 0x3B:
                ReplyStatus(_lastStatus);
                break;
            case 0x3C:
                DriveReset(_command[2]);
                break;
            case 0x3E:
                ReplyLastStatus();
                break;
            case 0x40 or 0x41:
                ReplyStatus(LinkStatus.Okay);
                break;
            case 0x42:
                // Nothing leaves the target's trace pin.
                Reply(0, 0);
                break;
            case 0x43:
                SetFrequency(Half(2));
                break;
            case 0x44 or 0x49:
                ReplyStatus(LinkStatus.Okay);
                break;
            case 0x56:
                _replies.Enqueue([(byte)LinkStatus.Okay, .. new byte[127]]);
                break;
            case 0x61:
                SetFrequencyV3();
                break;
            case 0x62:
                ListFrequencies();
                break;
            default:
                return false;
        }

        return true;
    }

    private void DispatchInDebug(byte sub)
    {
        switch (sub)
        {
            case 0x01:
                ReplyCoreState();
                break;
            case 0x02:
                ReplyStatus(WriteDebugRegister(HaltingControl, HaltingKey | 3));
                break;
            case 0x03 or 0x32:
                ReplyStatus(WriteDebugRegister(ApplicationControl, 0x05FA_0004));
                break;
            case 0x09:
                ReplyStatus(WriteDebugRegister(HaltingControl, HaltingKey | 1));
                break;
            case 0x0A:
                ReplyStatus(WriteDebugRegister(HaltingControl, HaltingKey | 5));
                break;
            case 0x22:
                ReplyCoreIdentity();
                break;
            case 0x31:
                ReplyIdCodes();
                break;
            case 0x33:
                ReplyValue(ReadCoreRegister(_command[2], out var register), register);
                break;
            case 0x34:
                ReplyStatus(WriteCoreRegister(_command[2], Word(3)));
                break;
            case 0x35:
                ReplyStatus(WriteDebugRegister(Word(2), Word(6)));
                break;
            case 0x36:
                ReplyValue(ReadDebugRegister(Word(2), out var value), value);
                break;
            case 0x3A:
                ReplyAllRegisters();
                break;
            case 0x4B:
                ReplyStatus(LinkStatus.Okay);
                break;
            case 0x4C:
                // The first firmware with this command answers an error that means nothing.
                ReplyStatus(Has(29, 0) ? LinkStatus.Okay : LinkStatus.BadAccessPort);
                break;
            default:
                DispatchMemory(sub);
                break;
        }
    }

    private void Enter(byte protocol)
    {
        if (Mode is StLinkMode.Dfu or StLinkMode.Swim)
        {
            ReplyStatus(LinkStatus.CommandError);
            return;
        }

        // JTAG is not wired on this bench.
        var status = protocol == 0xA3 ? _swd.Connect() : LinkStatus.UnknownJtagChain;
        if (status == LinkStatus.Okay)
        {
            Mode = StLinkMode.Debug;
        }

        ReplyStatus(status);
    }

    /// <summary>Outside debug mode every command keeps the length of its reply, so that the pipe stays in step.</summary>
    private void RefuseOutsideDebug(byte sub)
    {
        _lastStatus = LinkStatus.CommandError;
        _lastFault = 0;
        switch (sub)
        {
            case 0x07 or 0x47 or 0x54:
                _replies.Enqueue(new byte[Half(6)]);
                break;
            case 0x0C:
                _replies.Enqueue(new byte[Math.Max(2, (int)Half(6))]);
                break;
            case 0x08 or 0x0D or 0x48 or 0x50:
                ExpectData(Half(6), _ => { });
                break;
            case 0x22:
                Reply(0, 0, 0, 0);
                break;
            case 0x31:
                _replies.Enqueue([(byte)LinkStatus.CommandError, .. new byte[11]]);
                break;
            case 0x33 or 0x36 or 0x45:
                ReplyValue(LinkStatus.CommandError, 0);
                break;
            case 0x3A:
                _replies.Enqueue([(byte)LinkStatus.CommandError, .. new byte[87]]);
                break;
            case 0x51:
                ExpectData(MiscellaneousLength(Word(2)), _ => _miscellaneous = []);
                break;
            case 0x52:
                CollectMiscellaneous();
                break;
            default:
                ReplyStatus(LinkStatus.CommandError);
                break;
        }
    }

    private void DriveReset(byte action)
    {
        const long PulseTime = 20_000_000_000;
        switch (action)
        {
            case 0:
                _pins.DriveNrst(low: true);
                break;
            case 1:
                _pins.DriveNrst(low: false);
                break;
            case 2:
                _pins.DriveNrst(low: true);
                _timeline.Spend(PulseTime);
                _pins.DriveNrst(low: false);
                break;
            default:
                ReplyStatus(LinkStatus.CommandError);
                return;
        }

        ReplyStatus(LinkStatus.Okay);
    }
}
