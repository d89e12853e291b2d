namespace OrleansBilling.Gateway.Documentation;

/// <summary>Which condition on the entity's tag an operation takes.</summary>
/// <param name="Header"><c>If-None-Match</c> or <c>If-Match</c>.</param>
internal sealed record ConditionalDoc(string Header);
