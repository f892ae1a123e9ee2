# without a repository, the .gitignore files below the folder that is named
$ printf 'old/\n' > .gitignore && vsm lint --format concise
$ printf '*.vsm\n!keep.vsm\n' > src/deep/.gitignore && vsm lint --format concise
# from inside: those of the repository hold, and its own list
$ mkdir -p .git/info && printf '/src/c.vsm\n' >> .gitignore && cd src && vsm lint --format concise
$ printf 'a.vsm\n' > .git/info/exclude && vsm lint --format concise
# what is named is meant: the folder, but not what patterns say of what is in it
$ vsm lint --format concise a.vsm old src/deep .hidden
$ rm src/deep/keep.vsm && vsm lint src/deep
# links that lead out of the repository, or nowhere, and links to folders are passed over
$ mkdir ../elsewhere && mv old/b.vsm ../elsewhere && ln -s ../elsewhere/b.vsm out.vsm && ln -s nothing gone.vsm && ln -s . loop && ln -s a.vsm in.vsm && rm .git/info/exclude && vsm lint --format concise; rm -r ../elsewhere
# what is no file holds no patterns; what cannot be read is said
$ rm .gitignore && mkfifo .gitignore && vsm lint --format concise
