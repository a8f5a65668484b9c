using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.I2c;

/// <summary>
/// The host's I2C controller: clocks bytes over the nets SDA and SCL in bench time and waits wherever SCL is held low. All members are called
/// under the bench's lock.
/// </summary>
internal sealed class I2cController : II2cSegment
{
    /// <summary>A step that lasts until SCL is high, instead of a time in picoseconds.</summary>
    private const long UntilClockHigh = -1;

    /// <summary>Longer than any limit of a transfer.</summary>
    private const long BridgedClock = 3_600 * BenchTime.Second;

    private readonly IBenchTimeline _timeline;
    private readonly WireEndpoint _sda;
    private readonly WireEndpoint _scl;
    private readonly long _bit;
    private readonly List<I2cAttachment> _targets = [];
    private readonly List<I2cAttachment> _selected = [];
    private IEnumerator<long>? _steps;
    private I2cTransaction? _active;
    private I2cByteFault _byteFault;
    private IDisposable? _nextStep;
    private bool _waitsForClock;
    private bool _isTaken;
    private long _at;

    public I2cController(IBenchTimeline timeline, WireEndpoint sda, WireEndpoint scl, int frequency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frequency, 1);
        _timeline = timeline;
        _sda = sda;
        _scl = scl;
        _bit = BenchTime.Second / frequency;
        _scl.LevelChanged = OnClockLevel;
    }

    /// <summary>What happens to bytes on the bus; null for nothing.</summary>
    public II2cDisturbance? Disturbance { get; set; }

    public bool IsBusy => _active is not null;

    public I2cLineLevels Levels => new(_scl.Level, _sda.Level);

    /// <inheritdoc/>
    public bool IsFree => !IsBusy && !_isTaken && _scl.Level && _sda.Level;

    /// <inheritdoc/>
    public IReadOnlyList<I2cAttachment> Targets => _targets;

    public void Attach(I2cAttachment target) => _targets.Add(target);

    /// <inheritdoc/>
    public void Take() => _isTaken = true;

    /// <inheritdoc/>
    public void Release() => _isTaken = false;

    /// <summary>Starts a transfer; its status tells when it is over.</summary>
    public void Begin(I2cTransaction transaction)
    {
        _active = transaction;
        _selected.Clear();
        _steps = Transfer(transaction).GetEnumerator();
        _at = _timeline.Now;
        Continue();
    }

    /// <summary>Gives a transfer up at its time limit.</summary>
    public void Abandon(I2cTransaction transaction)
    {
        if (_active == transaction)
        {
            Finish(I2cTransferStatus.Timeout);
            if (_scl.Level && !_isTaken)
            {
                TellStop();
            }
        }
    }

    private IEnumerable<long> Transfer(I2cTransaction transaction)
    {
        yield return transaction.SetUpTime;
        while (_isTaken)
        {
            // Another master has the bus; the adapter waits for its STOP.
            yield return _bit;
        }

        if (_sda.Wire.IsJoinedTo(_scl.Wire))
        {
            // START pulls the bridged lines down, and the clock waits for itself: only the adapter's limit ends that.
            yield return BridgedClock;
        }

        if (!_scl.Level || !_sda.Level)
        {
            transaction.Status = I2cTransferStatus.BusStuck;
            yield break;
        }

        var status = I2cTransferStatus.Ok;
        if (transaction.Write.Length > 0 || transaction.Read.Length == 0)
        {
            foreach (var step in Open(transaction, read: false))
            {
                yield return step;
            }

            status = StatusOfAddress();
            foreach (var value in status == I2cTransferStatus.Ok ? transaction.Write : [])
            {
                yield return 9 * _bit;
                var acknowledged = AnyAcknowledges(value);
                EndByte(fromHost: true);
                if (!acknowledged || _byteFault != I2cByteFault.None)
                {
                    status = StatusOf(_byteFault, I2cTransferStatus.DataNack);
                    break;
                }

                transaction.BytesWritten++;
                yield return UntilClockHigh;
            }
        }

        if (transaction.Read.Length > 0 && status == I2cTransferStatus.Ok)
        {
            foreach (var step in Open(transaction, read: true))
            {
                yield return step;
            }

            status = StatusOfAddress();
            while (status == I2cTransferStatus.Ok && transaction.BytesRead < transaction.Read.Length)
            {
                var value = BeginReads();
                yield return 9 * _bit;
                EndByte(fromHost: false);
                if (_byteFault == I2cByteFault.ArbitrationLost)
                {
                    EndReads(acknowledged: false);
                    status = I2cTransferStatus.ArbitrationLost;
                    break;
                }

                transaction.Read[transaction.BytesRead++] = value;
                EndReads(acknowledged: transaction.BytesRead < transaction.Read.Length);
                yield return UntilClockHigh;
            }
        }

        if (status == I2cTransferStatus.ArbitrationLost)
        {
            // The bus is another controller's now, and so is its STOP (UM10204 section 3.1.8); the targets see one when that one is done.
            TellStop();
            transaction.Status = status;
            yield break;
        }

        yield return _bit;
        TellStop();
        status = LineLostTo(status);
        yield return transaction.CompletionTime;
        transaction.Status = status;
    }

    /// <summary>START (or repeated START), address byte, acknowledge bit.</summary>
    private IEnumerable<long> Open(I2cTransaction transaction, bool read)
    {
        yield return _bit;
        foreach (var target in _targets.Where(t => t.IsReachable))
        {
            target.Target.Start();
        }

        yield return 9 * _bit;
        _selected.Clear();
        foreach (var target in _targets.Where(t => t.IsReachable))
        {
            if (target.Target.Address(transaction.Address, read))
            {
                _selected.Add(target);
            }
        }

        EndByte(fromHost: true);
        if (_byteFault == I2cByteFault.None)
        {
            yield return UntilClockHigh;
        }
    }

    private void EndByte(bool fromHost) => _byteFault = Disturbance?.ByteEnded(fromHost) ?? I2cByteFault.None;

    private I2cTransferStatus StatusOfAddress() => _byteFault == I2cByteFault.None && _selected.Count > 0
        ? I2cTransferStatus.Ok
        : StatusOf(_byteFault, I2cTransferStatus.AddressNack);

    private static I2cTransferStatus StatusOf(I2cByteFault fault, I2cTransferStatus nack) =>
        fault == I2cByteFault.ArbitrationLost ? I2cTransferStatus.ArbitrationLost : nack;

    private bool AnyAcknowledges(byte value)
    {
        var acknowledged = false;
        foreach (var target in _selected.Where(t => t.IsReachable))
        {
            acknowledged |= target.Target.WriteByte(value);
        }

        return acknowledged;
    }

    private byte BeginReads()
    {
        // Open drain: a bit is high only where every target lets it be, and nobody else pulls SDA down.
        var value = _sda.Level ? 0xFF : 0;
        foreach (var target in _selected.Where(t => t.IsReachable))
        {
            value &= target.Target.BeginRead();
        }

        return (byte)value;
    }

    private void EndReads(bool acknowledged)
    {
        foreach (var target in _selected.Where(t => t.IsReachable))
        {
            target.Target.EndRead(acknowledged);
        }
    }

    private void TellStop()
    {
        foreach (var target in _targets.Where(t => t.IsReachable))
        {
            target.Target.Stop();
        }
    }

    /// <summary>Somebody who pulled SDA down meanwhile has spoilt the transfer, whatever the targets said.</summary>
    private I2cTransferStatus LineLostTo(I2cTransferStatus status) => _sda.Level ? status : I2cTransferStatus.ArbitrationLost;

    private void Continue()
    {
        _nextStep = null;
        while (_active is { } transaction)
        {
            if (!_steps!.MoveNext())
            {
                Finish(transaction.Status ?? I2cTransferStatus.AdapterFault);
                return;
            }

            if (_steps.Current == 0)
            {
                continue;
            }

            if (_steps.Current != UntilClockHigh)
            {
                _at += _steps.Current;
                _nextStep = _timeline.Schedule(_at, Continue);
                return;
            }

            if (!_scl.Level)
            {
                _waitsForClock = true;
                return;
            }
        }
    }

    private void OnClockLevel(bool high)
    {
        if (high && _waitsForClock)
        {
            _waitsForClock = false;
            _at = _timeline.Now;
            _nextStep = _timeline.Schedule(_at, Continue);
        }
    }

    private void Finish(I2cTransferStatus status)
    {
        if (_active is { } transaction)
        {
            transaction.Status = status;
        }

        _nextStep?.Dispose();
        _nextStep = null;
        _steps?.Dispose();
        _steps = null;
        _waitsForClock = false;
        _active = null;
    }
}
