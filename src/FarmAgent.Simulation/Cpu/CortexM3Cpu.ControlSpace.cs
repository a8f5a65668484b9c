using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu.Debugging;

namespace FarmAgent.Simulation.Cpu;

/// <summary>The system control space at 0xE000E000 (ARM DDI 0403, section B3.2), as the core and the debugger see it.</summary>
internal sealed partial class CortexM3Cpu
{
    private const uint CpuId = 0x411F_C231;
    private const uint VectorKey = 0x05FA;

    private void MapPrivatePeripherals(CortexM3Options options)
    {
        _bus.MapPeripheral(0xE000_0000, 0x1000, new TraceComponent("ITM", ComponentIdentity.Instrumentation, _debug, isInstrumentation: true));
        _bus.MapPeripheral(0xE000_1000, 0x1000, _watchpoints);
        _bus.MapPeripheral(0xE000_2000, 0x1000, _breakpoints);
        _bus.MapPeripheral(0xE000_E000, 0x1000, new PrivatePeripheral("SCS", ReadControlSpace, WriteControlSpace));
        _bus.MapPeripheral(0xE004_0000, 0x1000, new TraceComponent("TPIU", ComponentIdentity.TracePort, _debug, isInstrumentation: false));
        _bus.MapPeripheral(0xE00F_F000, 0x1000, new RomTable(options.RomTable));
    }

    private uint ReadControlSpace(uint offset, BusMaster master) => offset switch
    {
        0x004 => (uint)((_exceptions.Count - ExceptionNumber.FirstInterrupt - 1) / 32),
        0x010 => _sysTick.ReadControl(_cycles, clear: master != BusMaster.Debugger),
        0x014 => _sysTick.Reload,
        0x018 => _sysTick.ReadValue(_cycles),
        // 9000 ticks of HCLK/8 are 1 ms at 72 MHz (RM0008 section 10.1.1).
        0x01C => 0x4000_2328,
        >= 0x100 and < 0x500 => ReadController(offset),
        >= 0xD00 and < 0xDF0 => ReadSystemControl(offset),
        0xDF0 => ReadHaltingControl(clear: master == BusMaster.Debugger),
        0xDF8 => _debug.Data,
        0xDFC => (uint)_debug.Monitor,
        >= 0xFD0 => ComponentIdentity.ControlSpace.Read(offset),
        _ => 0,
    };

    private void WriteControlSpace(uint offset, uint value, uint lanes, BusMaster master)
    {
        switch (offset)
        {
            case 0x010:
                _sysTick.WriteControl(_cycles, value);
                Attend();
                break;
            case 0x014:
                _sysTick.WriteReload(_cycles, value);
                Attend();
                break;
            case 0x018:
                _sysTick.WriteValue(_cycles);
                Attend();
                break;
            case >= 0x100 and < 0x500:
                WriteController(offset, value, lanes);
                break;
            case >= 0xD00 and < 0xDF0:
                WriteSystemControl(offset, value, lanes);
                break;
            case 0xDF0:
                WriteHaltingControl(value, master == BusMaster.Debugger);
                break;
            case 0xDF4:
                TransferCoreRegister(value);
                break;
            case 0xDF8:
                _debug.Data = value;
                break;
            case 0xDFC:
                WriteMonitor(value);
                break;
            case 0xF00:
                PendInterrupt((int)(value & 0x1FF));
                break;
            default:
                break;
        }
    }

    private uint ReadSystemControl(uint offset) => offset switch
    {
        0xD00 => CpuId,
        0xD04 => ReadInterruptState(),
        0xD08 => _control.VectorTable,
        0xD0C => 0xFA05_0000 | ((uint)_exceptions.PriorityGrouping << 8),
        0xD10 => _control.SleepControl,
        0xD14 => _control.Configuration,
        0xD18 or 0xD1C or 0xD20 => ReadSystemPriorities(offset),
        0xD24 => ReadHandlerControl(),
        0xD28 => (uint)_faults.Configurable,
        0xD2C => _faults.Hard,
        0xD30 => (uint)_debug.Fault,
        0xD34 => _faults.MemoryManageAddress,
        0xD38 => _faults.BusFaultAddress,
        _ => ReadFeatures(offset),
    };

    /// <summary>Processor features (Cortex-M3 TRM, section 4.2).</summary>
    private static uint ReadFeatures(uint offset) => offset switch
    {
        0xD40 => 0x0000_0030,
        0xD44 => 0x0000_0200,
        0xD48 => 0x0010_0000,
        0xD50 => 0x0000_0030,
        0xD58 => 0x0000_0000,
        0xD60 => 0x0114_1110,
        0xD64 => 0x0211_1000,
        0xD68 => 0x2111_2231,
        0xD6C => 0x0111_1110,
        0xD70 => 0x0131_0102,
        _ => 0,
    };

    private void WriteSystemControl(uint offset, uint value, uint lanes)
    {
        switch (offset)
        {
            case 0xD04:
                WriteInterruptState(value);
                break;
            case 0xD08:
                _control.VectorTable = value & 0x3FFF_FF80;
                break;
            case 0xD0C:
                WriteApplicationControl(value);
                break;
            case 0xD10:
                _control.SleepControl = value & 0x16;
                break;
            case 0xD14:
                _control.Configuration = value & 0x31B;
                break;
            case 0xD18 or 0xD1C or 0xD20:
                WriteSystemPriorities(offset, value, lanes);
                break;
            case 0xD24:
                WriteHandlerControl(value);
                break;
            case 0xD28:
                _faults.Configurable &= (FaultCause)~value;
                break;
            case 0xD2C:
                _faults.Hard &= ~value;
                break;
            case 0xD30:
                _debug.Fault &= (DebugFault)~value;
                break;
            case 0xD34:
                _faults.MemoryManageAddress = value;
                break;
            case 0xD38:
                _faults.BusFaultAddress = value;
                break;
            default:
                break;
        }
    }

    private void WriteApplicationControl(uint value)
    {
        if (value >> 16 != VectorKey)
        {
            return;
        }

        _exceptions.PriorityGrouping = (int)((value >> 8) & 7);
        if ((value & 2) != 0 && _halted)
        {
            for (var exception = 1; exception < _exceptions.Count; exception++)
            {
                _exceptions.SetActive(exception, false);
            }

            _ipsr = 0;
        }

        if ((value & 4) != 0)
        {
            RequestReset();
        }
        else if ((value & 1) != 0 && _halted)
        {
            // VECTRESET resets only the core, and only a debugger may use it.
            Reset(powerOn: false);
        }

        Attend();
    }

    private void WriteMonitor(uint value)
    {
        _debug.Monitor = (DebugMonitorControl)(value & 0x010F_07F1);
        if ((value & (uint)DebugMonitorControl.MonitorPend) != 0)
        {
            _exceptions.Pend(ExceptionNumber.DebugMonitor);
        }

        DropWindows();
        Attend();
    }
}
