namespace OrleansBilling.Core.Documents;

/// <summary>Leaves a reader from deep inside; never leaves this folder.</summary>
internal sealed class SourceException(SourceError error) : Exception(error.Error.Message)
{
    internal SourceError Error => error;
}
