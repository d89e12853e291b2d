namespace OrleansBilling.Gateway;

/// <summary>A setting is wrong; the message names it and says what to write. For people, without a stack
/// trace.</summary>
public sealed class GatewayConfigurationException : Exception
{
    /// <summary>Creates it with its message.</summary>
    public GatewayConfigurationException(string message) : base(message)
    {
    }

    /// <summary>Creates it with its cause.</summary>
    public GatewayConfigurationException(string message, Exception inner) : base(message, inner)
    {
    }
}
