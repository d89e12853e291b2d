namespace OrleansBilling.Gateway.Usage;

/// <summary>Fields of an event that were seen already.</summary>
[Flags]
internal enum EventFields
{
    None = 0,
    Id = 1,
    Device = 2,
    Meter = 4,
    Time = 8,
    Value = 16,
    Unit = 32,
    Dimensions = 64,
    Source = 128,
    Version = 256,
    Data = 512,
    Session = 1024,
    Phase = 2048,
    Operation = 4096,
    Identifier = 8192,
}
