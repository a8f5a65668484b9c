namespace FarmAgent.TestKit.Strangers;

/// <summary>Operations of the replacement libusb's socket protocol, version 1.</summary>
internal enum UsbSocketOperation : ushort
{
    List = 1,
    Open = 2,
    Control = 3,
    Bulk = 4,
    Cancel = 5,
    Claim = 6,
    Release = 7,
    SetConfiguration = 8,
    GetConfiguration = 9,
    SetAlternateSetting = 10,
    ClearHalt = 11,
    Reset = 12,
    KernelDriver = 13,
}
