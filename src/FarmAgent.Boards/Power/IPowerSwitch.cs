namespace FarmAgent.Boards.Power;

/// <summary>What switches a supply.</summary>
internal interface IPowerSwitch : IDisposable
{
    bool IsOn { get; }

    void Switch(bool on);
}
