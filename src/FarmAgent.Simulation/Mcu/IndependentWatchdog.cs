using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>IWDG (RM0008 section 19): counts LSI down; once started only a reset stops it.</summary>
internal sealed class IndependentWatchdog : IBusPeripheral
{
    private const int LsiHertz = 40_000;
    private const uint Refresh = 0xAAAA;
    private const uint Unlock = 0x5555;
    private const uint StartKey = 0xCCCC;

    private readonly IBenchTimeline _timeline;
    private readonly RegisterMap _map;
    private readonly Register _prescaler;
    private readonly Register _reload;
    private bool _unlocked;
    private IDisposable? _expiry;

    public IndependentWatchdog(IBenchTimeline timeline, NoticeBoard notices)
    {
        _timeline = timeline;
        _map = new RegisterMap(Name, notices);
        _map.Define("KR", 0x00).Field("KEY", 0, 16, FieldAccess.WriteOnly).OnWrite((_, written) => TakeKey(written & 0xFFFF));
        _prescaler = _map.Define("PR", 0x04).Field("PR", 0, 3);
        _prescaler.OnWrite((previous, _) => KeepUnlessUnlocked(_prescaler, previous));
        _reload = _map.Define("RLR", 0x08, 0xFFF).Field("RL", 0, 12);
        _reload.OnWrite((previous, _) => KeepUnlessUnlocked(_reload, previous));
        _map.Define("SR", 0x0C).Field("PVU", 0, access: FieldAccess.ReadOnly).Field("RVU", 1, access: FieldAccess.ReadOnly);
    }

    /// <inheritdoc/>
    public string Name => "IWDG";

    /// <summary>Called when the counter has reached 0.</summary>
    public Action? Expired { get; set; }

    /// <summary>True while the counter stands still: the core is halted and DBG_IWDG_STOP is set.</summary>
    public Func<bool>? IsStopped { get; set; }

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value) => _map.Read(offset, width, out value);

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => _map.Write(offset, width, value);

    /// <inheritdoc/>
    public void Reset(bool powerOn)
    {
        _map.Reset(powerOn);
        _unlocked = false;
        _expiry?.Dispose();
        _expiry = null;
    }

    /// <summary>Starts the counter: by its key, or at reset where the option byte says so.</summary>
    public void Start() => Restart();

    private void TakeKey(uint key)
    {
        _unlocked = key == Unlock;
        if (key == StartKey || (key == Refresh && _expiry is not null))
        {
            Restart();
        }
    }

    private void KeepUnlessUnlocked(Register register, uint previous) => register.Value = _unlocked ? register.Value : previous;

    private void Restart()
    {
        _expiry?.Dispose();
        var divider = 4 << Math.Min(6, (int)_prescaler.Value);
        var duration = (_reload.Value + 1) * (BenchTime.Second / LsiHertz) * divider;
        _expiry = _timeline.Schedule(_timeline.Now + duration, Expire);
    }

    private void Expire()
    {
        if (IsStopped?.Invoke() == true)
        {
            Restart();
            return;
        }

        _expiry = null;
        Expired?.Invoke();
    }
}
