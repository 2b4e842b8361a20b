/** The embedded Azure at its former path, for scripts outside of this repository that import it from there. */
export * from '@ingate/local-azure';
