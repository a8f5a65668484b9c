namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// Stop and Standby (RM0008 sections 5.3.5 and 5.3.6). In Stop no clock runs but LSI and LSE: peripherals stand still, EXTI ends it. In Standby
/// the chip is off but for its backup domain; the RTC's alarm, NRST or IWDG ends it like a reset.
/// </summary>
internal sealed partial class Stm32F103
{
    private bool _inStandby;

    private void FollowDeepSleep(bool asleep)
    {
        if (!asleep)
        {
            LeaveLowPower();
            _rcc.LeaveStop();
            return;
        }

        if (_power.MeansStandby)
        {
            EnterStandby();
            return;
        }

        _clocks.Stop();
        Bus.ShutsDebuggerOut = !_debug.DebugsStop;
        _notices.Add("PWR", Bus.ShutsDebuggerOut
            ? "Stop mode was entered with DBG_STOP clear: a debugger gets errors until an EXTI line or a reset ends it"
            : "Stop mode was entered; DBG_STOP keeps it open to a debugger");
    }

    private void EnterStandby()
    {
        _notices.Add("PWR", "Standby was entered: the core is off, and SRAM is lost");
        _inStandby = true;
        _power.NoteStandby();
        Cpu.InReset = true;
        Bus.ResetPeripherals(powerOn: false);
        FillSram();
        Bus.ShutsDebuggerOut = true;
    }

    /// <summary>The alarm of the RTC ends Standby; the way out is that of a reset.</summary>
    private void WakeFromStandby()
    {
        if (_inStandby)
        {
            LeaveLowPower();
            Run();
        }
    }

    private void LeaveLowPower()
    {
        _inStandby = false;
        Bus.ShutsDebuggerOut = false;
        if (_clocks.IsStopped)
        {
            _clocks.Start();
        }
    }
}
