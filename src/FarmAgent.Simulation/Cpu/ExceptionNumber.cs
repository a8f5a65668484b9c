namespace FarmAgent.Simulation.Cpu;

/// <summary>Numbers of the system exceptions (ARM DDI 0403, section B1.5.2); interrupt <c>n</c> is <c>16 + n</c>.</summary>
internal static class ExceptionNumber
{
    public const int Reset = 1;
    public const int NonMaskable = 2;
    public const int HardFault = 3;
    public const int MemoryManage = 4;
    public const int BusFault = 5;
    public const int UsageFault = 6;
    public const int SupervisorCall = 11;
    public const int DebugMonitor = 12;
    public const int PendSupervisor = 14;
    public const int SysTick = 15;
    public const int FirstInterrupt = 16;
}
