using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// Counting. The counter is computed from the bench's time when somebody looks; the bench is only asked to call back where something happens
/// that others see: an interrupt, a DMA request, an edge of an output.
/// </summary>
internal sealed partial class Stm32F1Timer
{
    private long _base;
    private long _counted;
    private uint _activePrescaler;
    private uint _activeReload = 0xFFFF;
    private uint _repetitionsLeft;
    private bool _isRunning;
    private IDisposable? _event;

    private bool CountsDown => _control.Has(Downwards);

    private uint ReloadValue => _control.Has(Preload) ? _activeReload : _reload.Value;

    /// <summary>Ticks up to the next overflow or underflow.</summary>
    private long TicksToUpdate
    {
        get
        {
            var counter = _counter.Value;
            if (CountsDown)
            {
                return counter + 1;
            }

            // A counter beyond the reload value runs to its end first.
            return counter <= ReloadValue ? ReloadValue - counter + 1L : 0x1_0000L - counter;
        }
    }

    /// <summary>An edge at a pin.</summary>
    public void NoteEdge(GpioPin pin, bool rising)
    {
        for (var source = 0; source < Channels; source++)
        {
            if (_channels[source].Pin == pin)
            {
                Capture(source, rising);
            }
        }
    }

    private void Capture(int source, bool rising)
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            if (IsClocked && _channels[channel].Captures(source, rising))
            {
                Synchronize();
                _compare[channel].Value = _counter.Value;
                var again = _status.Has(_channels[channel].Flag) ? _channels[channel].Flag << 8 : 0;
                Raise(_channels[channel].Flag | again);
                UpdateInterrupts();
            }
        }
    }

    private uint Count()
    {
        Synchronize();
        return _counter.Value;
    }

    /// <summary>Timer clocks since the base, exact to the picosecond also where a clock is no whole number of them.</summary>
    private long ClocksAt(long time) => (long)((Int128)(time - _base) * _clock() / BenchTime.Second);

    private long TimeOf(long tick) =>
        _base + (long)((((Int128)tick * (_activePrescaler + 1) * BenchTime.Second) + _clock() - 1) / _clock());

    /// <summary>Brings CNT and the flags up to now.</summary>
    private void Synchronize()
    {
        if (!_isRunning || _clocks.IsStopped)
        {
            return;
        }

        var ticks = (ClocksAt(_timeline.Now) / (_activePrescaler + 1)) - _counted;
        if (ticks > 0)
        {
            _counted += ticks;
            Step(ticks);
        }
    }

    private void Step(long ticks)
    {
        while (ticks > 0 && _isRunning)
        {
            var left = TicksToUpdate;
            if (ticks < left)
            {
                Pass(ticks);
                return;
            }

            if (left > 1)
            {
                Pass(left - 1);
            }

            ticks -= left;
            Overflow();

            // Whole rounds that nobody watched leave nothing but the flags that one of them leaves.
            var round = ReloadValue + 1L;
            ticks = ticks > 2 * round ? round + (ticks % round) : ticks;
        }
    }

    /// <summary>Counts within one round and finds the matches on the way.</summary>
    private void Pass(long ticks)
    {
        var from = _counter.Value;
        var to = (uint)(CountsDown ? from - ticks : from + ticks);
        _counter.Value = to;
        foreach (var channel in _channels)
        {
            var value = channel.CompareValue;
            if (channel.Compares && (CountsDown ? value < from && value >= to : value > from && value <= to))
            {
                Match(channel);
            }
        }
    }

    private void Match(TimerChannel channel)
    {
        channel.Match();
        Raise(channel.Flag);
    }

    private void Overflow()
    {
        _counter.Value = CountsDown ? ReloadValue : 0;
        if (_repetitionsLeft > 0)
        {
            _repetitionsLeft--;
        }
        else
        {
            Reload(raise: true);
            _counter.Value = CountsDown ? ReloadValue : 0;
        }

        foreach (var channel in _channels)
        {
            if (channel.Compares && channel.CompareValue == _counter.Value)
            {
                Match(channel);
            }
        }
    }

    private void Reload(bool raise)
    {
        if (_control.Has(UpdateDisable))
        {
            return;
        }

        if (_control.Has(OnePulse) && raise)
        {
            _control.Value &= ~CounterEnable;
            _isRunning = false;
        }

        _activeReload = _reload.Value;
        _repetitionsLeft = _repetition?.Value ?? 0;
        foreach (var channel in _channels)
        {
            channel.TakePreload();
        }

        if (_activePrescaler != _prescaler.Value)
        {
            _base = TimeOf(_counted);
            _counted = 0;
            _activePrescaler = _prescaler.Value;
        }

        if (raise)
        {
            Raise(UpdateFlag);
        }
    }

    private void WriteControl(uint previous)
    {
        var value = _control.Value;
        _control.Value = previous;
        Synchronize();
        _control.Value = value;
        var runs = _control.Has(CounterEnable) && _reload.Value != 0;
        if (runs != _isRunning)
        {
            _isRunning = runs;
            Rebase();
            return;
        }

        Recount();
    }

    private void WriteCounter(uint written)
    {
        Synchronize();
        _counter.Value = written & 0xFFFF;
        Rebase();
    }

    private void WriteReload(uint previous)
    {
        var value = _reload.Value;
        _reload.Value = previous;
        Synchronize();
        _reload.Value = value;
        _isRunning = _control.Has(CounterEnable) && value != 0;
        Rebase();
    }

    private void Generate(uint written)
    {
        Synchronize();
        if ((written & 1) != 0)
        {
            _counter.Value = CountsDown ? _reload.Value : 0;
            Reload(raise: false);
            Raise(_control.Has(OnlyOverflow) || _control.Has(UpdateDisable) ? 0 : UpdateFlag);
        }

        Raise(written & (CompareFlags | TriggerFlags));
        Rebase();
    }

    /// <summary>Counts on from CNT with a tick that begins now.</summary>
    private void Rebase()
    {
        _base = _timeline.Now;
        _counted = 0;
        Recount();
    }

    /// <summary>Something that decides what comes next has changed.</summary>
    private void Recount()
    {
        Synchronize();
        DriveOutputs();
        UpdateInterrupts();
        _event?.Dispose();
        _event = null;
        if (_isRunning && !_clocks.IsStopped && TicksToEvent() is { } ticks)
        {
            _event = _timeline.Schedule(TimeOf(_counted + ticks), Recount);
        }
    }

    private void DriveOutputs()
    {
        var mainOutput = _break?.Has(MainOutput) ?? true;
        foreach (var channel in _channels)
        {
            channel.Drive(_counter.Value, mainOutput);
        }
    }

    /// <summary>Ticks up to the next thing that others see; null while nothing is watched.</summary>
    private long? TicksToEvent()
    {
        const uint updates = UpdateFlag | UpdateDma;
        var toUpdate = TicksToUpdate;
        var watchesUpdate = _enable.Has(updates) || _control.Has(OnePulse) || _activePrescaler != _prescaler.Value
            || _activeReload != _reload.Value || _repetition?.Value > 0;
        long? next = watchesUpdate ? toUpdate : null;
        foreach (var channel in _channels)
        {
            if (channel.Compares && (channel.DrivesPin || _enable.Has(channel.Flag | (channel.Flag << 8))))
            {
                next = Math.Min(next ?? toUpdate, TicksToMatch(channel, toUpdate));
            }
        }

        return next;
    }

    private long TicksToMatch(TimerChannel channel, long toUpdate)
    {
        var distance = CountsDown ? (long)_counter.Value - channel.CompareValue : (long)channel.CompareValue - _counter.Value;
        return distance > 0 && distance < toUpdate ? distance : toUpdate;
    }

    private void ForgetCount()
    {
        _event?.Dispose();
        _event = null;
        _isRunning = false;
        _counted = 0;
        _activePrescaler = 0;
        _activeReload = 0xFFFF;
        _repetitionsLeft = 0;
    }
}
