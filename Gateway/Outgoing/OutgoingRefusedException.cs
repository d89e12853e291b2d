namespace OrleansBilling.Gateway.Outgoing;

/// <summary>A call out of the gateway may not go where it was to go; nothing was sent.</summary>
public sealed class OutgoingRefusedException(string message) : IOException(message);
