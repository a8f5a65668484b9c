using System.Threading.Channels;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Bench;

/// <summary>A change of level of a net.</summary>
/// <param name="Net">Its name.</param>
/// <param name="High">Level after it.</param>
/// <param name="Time">Bench time.</param>
public readonly record struct NetChange(string Net, bool High, TimeSpan Time);

/// <summary>An end of a net that a client of the bench holds: it hears every change of level, and drives what it is told to. Thread-safe.</summary>
public sealed class NetTip : IDisposable
{
    private readonly BenchClock _clock;
    private readonly WireEndpoint _end;
    private readonly ChannelWriter<NetChange> _changes;
    private bool _closed;

    internal NetTip(BenchClock clock, WireEndpoint end, ChannelWriter<NetChange> changes)
    {
        (_clock, _end, _changes) = (clock, end, changes);
        end.LevelChanged = Tell;
        Tell(end.Level);
    }

    /// <summary>Name of the net.</summary>
    public string Net => _end.Wire.Name;

    /// <summary>Drives the net.</summary>
    /// <param name="drive">High, low, a resistor, or none to let go.</param>
    public void Drive(PinDrive drive)
    {
        lock (_clock.Gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _clock.CatchUp();
            Set(drive);
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose()
    {
        lock (_clock.Gate)
        {
            if (!_closed)
            {
                _closed = true;
                _end.LevelChanged = null;
                _clock.CatchUp();
                Set(PinDrive.None);
            }
        }
    }

    private void Set(PinDrive drive)
    {
        var isPull = drive is PinDrive.PullUp or PinDrive.PullDown;
        _end.Set(isPull ? PinDrive.None : drive, isPull ? drive : PinDrive.None);
    }

    private void Tell(bool high) => _changes.TryWrite(new NetChange(Net, high, BenchTime.ToTimeSpan(_clock.Now)));
}
