namespace FarmAgent.Simulation.Mcu;

/// <summary>A peripheral's request line to a DMA channel.</summary>
/// <param name="isPulse">True for an event that asks for one transfer; false for a condition that asks as long as it holds.</param>
internal sealed class DmaRequest(bool isPulse = false)
{
    private bool _active;

    /// <summary>Told when the line goes up.</summary>
    public Action? Raised { get; set; }

    /// <summary>True while a transfer is wanted.</summary>
    public bool IsActive
    {
        get => _active;
        set
        {
            if (_active != value)
            {
                _active = value;
                if (value)
                {
                    Raised?.Invoke();
                }
            }
        }
    }

    /// <summary>The channel has taken the request.</summary>
    public void Acknowledge()
    {
        if (isPulse)
        {
            _active = false;
        }
    }
}
