namespace OrleansBilling.Silo.Hosting;

/// <summary>A setting of the silo makes no sense; the message says which one and what it may be.</summary>
public sealed class SettingException(string message) : Exception(message);
